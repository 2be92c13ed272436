import { Chooser } from "../books/Chooser.tsx";
import { peopleClient } from "../people/people-client.ts";
import type { Office } from "../office.ts";
import { createReadBeside } from "../read-beside.ts";

/** One of the staff; nobody is chosen until somebody chooses: who owes money is no guess. */
export function StaffChoice(props: {
  readonly office: Office;
  readonly title: string;
  /** What stands there until somebody is chosen. */
  readonly none: string;
  readonly value: string;
  readonly choose: (staff: string) => void;
}) {
  const people = createReadBeside(
    () => null,
    async () => {
      const answer = await peopleClient.staff();
      return answer.ok ? answer.value.people.map(({ id, name }) => ({ value: id as string, name })) : [];
    },
  );
  return (
    <Chooser
      title={props.title}
      all={props.none}
      isNeeded
      value={props.value === "" ? undefined : props.value}
      choices={people() ?? []}
      testId="mend-staff"
      choose={(staff) => props.choose(staff ?? "")}
    />
  );
}
