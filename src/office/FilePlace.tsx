import { Icon } from "../ui/parts/icons.tsx";

/** Where a file is dropped or chosen; styled by the books' sheet. */
export function FilePlace(props: {
  readonly text: string;
  readonly choose: string;
  /** As the browser's own dialogue takes it: `.csv,.xlsx`. */
  readonly accept: string;
  /** `…-drop` and `…-file` for tests. */
  readonly testId: string;
  readonly take: (file: File) => void;
}) {
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file !== undefined) props.take(file);
  };
  return (
    <label
      class="drop-place"
      data-testid={`${props.testId}-drop`}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer?.files);
      }}
    >
      <Icon name="upload" />
      <span>{props.text}</span>
      <b class="plain">{props.choose}</b>
      <input
        type="file"
        data-testid={`${props.testId}-file`}
        accept={props.accept}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}
