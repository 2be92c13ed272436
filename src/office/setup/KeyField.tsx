import { Show } from "solid-js";
import type { AccountField } from "../../domain/provider-account.ts";
import { setupWords } from "../../i18n/setup-words.ts";
import type { Office } from "../office.ts";
import { ofFiles, type AccountForm } from "./account-form.ts";
import { TextField } from "./TextField.tsx";

const textLengthMax = 64;
const fileCharsMax = 32_768;
const lines = 3;

type Props = { readonly office: Office; readonly form: AccountForm; readonly field: AccountField };

/** One field of an account: a line of text, or a key's file, pasted or chosen. */
export function KeyField(props: Props) {
  const words = () => setupWords(props.office.language()).account;
  const isAlipayKey = () => props.field === "publicKey" && props.form.provider() === "alipay";
  const title = (): string => (isAlipayKey() ? words().alipayKey : words().field[props.field]);
  // which file it is called differs: only WeChat Pay's papers name them for these
  const hint = (): string | undefined => {
    if (isAlipayKey()) return words().alipayKeyHint;
    return props.field === "privateKey" && props.form.provider() === "alipay" ? undefined : words().hint[props.field];
  };
  const fault = (): string | null => {
    const why = props.form.faultOf(props.field);
    return why === null ? null : words().fault[why];
  };
  return (
    <Show
      when={ofFiles.has(props.field)}
      fallback={
        <TextField
          title={title()}
          hint={hint()}
          value={props.form.text(props.field)}
          max={textLengthMax}
          isSecret={props.field === "apiV3Key"}
          fault={fault()}
          testId={`account-${props.field}`}
          set={(text) => props.form.set(props.field, text)}
        />
      }
    >
      <FileField {...props} title={title()} hint={hint()} fault={fault()} />
    </Show>
  );
}

function FileField(
  props: Props & { readonly title: string; readonly hint: string | undefined; readonly fault: string | null },
) {
  const words = () => setupWords(props.office.language()).account;
  const take = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) props.form.set(props.field, (await file.text()).slice(0, fileCharsMax));
  };
  return (
    <div class="field setup-key" classList={{ wrong: props.fault !== null }}>
      <label for={`account-${props.field}`}>{props.title}</label>
      <textarea
        id={`account-${props.field}`}
        class="num"
        classList={{ secret: props.field === "privateKey" }}
        placeholder=" "
        rows={lines}
        maxLength={fileCharsMax}
        autocomplete="off"
        spellcheck={false}
        data-testid={`account-${props.field}`}
        value={props.form.text(props.field)}
        onInput={(event) => props.form.set(props.field, event.currentTarget.value)}
      />
      <label class="plain setup-file">
        {words().file}
        <input
          type="file"
          aria-label={`${words().file} ${props.title}`}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </label>
      <Show when={props.fault} fallback={<small>{props.hint}</small>}>
        {(fault) => (
          <small class="danger" role="alert">
            {fault()}
          </small>
        )}
      </Show>
    </div>
  );
}
