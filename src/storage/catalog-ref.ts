/** A chunk has fewer rows than this. */
const rowsOfRef = 8_192;

/** Where a product stands: its chunk and its row there, as one number. A changed product gets another place. */
export type CatalogRef = number;

/** The place of `row` in chunk `chunk`. */
export function refOf(chunk: number, row: number): CatalogRef {
  return chunk * rowsOfRef + row;
}

/** The chunk and the row of `ref`. */
export function placeOf(ref: CatalogRef): { readonly chunk: number; readonly row: number } {
  return { chunk: Math.floor(ref / rowsOfRef), row: ref % rowsOfRef };
}
