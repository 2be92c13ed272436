/** More than any list has: what stands in it goes over all of a list's columns. */
const columnsMax = 16;

/** Below a list that comes to nothing but a number of entries: how many. */
export function TotalFoot(props: { readonly told: string }) {
  return (
    <tfoot>
      <tr>
        <td class="total num" colSpan={columnsMax}>
          <span>{props.told}</span>
        </td>
      </tr>
    </tfoot>
  );
}
