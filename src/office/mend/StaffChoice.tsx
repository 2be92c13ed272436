import { createEffect, createResource } from "solid-js";
import { Chooser } from "../books/Chooser.tsx";
import { peopleClient } from "../people/people-client.ts";
import type { Office } from "../office.ts";

/** One of the staff; the first is chosen as soon as they are known. */
export function StaffChoice(props: {
  readonly office: Office;
  readonly title: string;
  readonly value: string;
  readonly choose: (staff: string) => void;
}) {
  const [people] = createResource(async () => {
    const answer = await peopleClient.staff();
    return answer.ok ? answer.value.people.map(({ id, name }) => ({ value: id as string, name })) : [];
  });
  createEffect(() => {
    const [first] = people() ?? [];
    if (props.value === "" && first !== undefined) props.choose(first.value);
  });
  return (
    <Chooser
      title={props.title}
      all={null}
      value={props.value}
      choices={people() ?? []}
      testId="mend-staff"
      choose={(staff) => props.choose(staff ?? "")}
    />
  );
}
