import { decideApproval } from "../../../src/gateway/approvals/approval.ts";
import { resetOwner } from "../../../src/gateway/office/owner.ts";
import type { GatewayBench } from "../gateway-bench.ts";

export type OfficeAsk = (
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
) => ReturnType<typeof ask>;
export const ownersPassword = "the owner's long password";

/** Asks as the office's own page does; bytes go as a file. */
export function ask(bench: GatewayBench, cookie: string, method: string, path: string, body?: unknown) {
  const isFile = body instanceof Uint8Array;
  const payload = body === undefined ? {} : { payload: isFile ? Buffer.from(body) : JSON.stringify(body) };
  const type = isFile ? "application/octet-stream" : "application/json";
  return bench.gateway.app.server.inject({
    method: method as "GET",
    url: `/v1/office/${path}`,
    headers: { host: "localhost", origin: "http://localhost", "content-type": type, cookie },
    ...payload,
  });
}

function cookieOf(answer: { headers: Record<string, unknown> }): string {
  return String(answer.headers["set-cookie"]).split(";")[0] ?? "";
}

/** The owner, signed in. */
export async function ownerOf(bench: GatewayBench): Promise<OfficeAsk> {
  const password = await resetOwner(bench.parts);
  const answer = await ask(bench, "", "POST", "sign-ins", { v: 1, password, newPassword: ownersPassword });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  const cookie = cookieOf(answer);
  return (method, path, body) => ask(bench, cookie, method, path, body);
}

/** Asks as `who`, and where another person has to agree, a manager of all stores does, from a device of their own. */
export function agreed(bench: GatewayBench, who: OfficeAsk): OfficeAsk {
  return async (method, path, body) => {
    const answer = await who(method, path, body);
    if (answer.statusCode !== 202) return answer;
    const approval = answer.json<{ proposed: string }>().proposed;
    await bench.parts.database
      .transaction()
      .execute((step) =>
        decideApproval(
          step,
          bench.parts,
          approval,
          { id: "staff-5", roleIn: () => "manager" },
          { yes: true, method: "passkey" },
        ),
      );
    return who(method, path, { ...(body as object), approval });
  };
}

/** Somebody of the staff, invited by the owner and signed in by a password: `<id> long password`. */
export async function invitedTo(bench: GatewayBench, owner: OfficeAsk, staff: string): Promise<OfficeAsk> {
  const invited = await agreed(bench, owner)("POST", `staff/${staff}/invitations`, { v: 1 });
  if (invited.statusCode !== 200) throw new Error(invited.body);
  const { code } = invited.json<{ code: string }>();
  const answer = await ask(bench, "", "POST", "invitations", { v: 1, code, password: passwordOf(staff) });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  const cookie = cookieOf(answer);
  return (method, path, body) => ask(bench, cookie, method, path, body);
}

export const passwordOf = (staff: string): string => `${staff} long password`;

/** Gives `staff` this one role in the first store of the sample shop, and in the other one too where `everywhere`. */
export async function makeRole(bench: GatewayBench, staff: string, role: string, everywhere = true): Promise<void> {
  const { database } = bench.parts;
  await database.deleteFrom("staff_role").where("staff", "=", staff).execute();
  const stores = everywhere ? ["heping", "jiangbian"] : ["heping"];
  await database
    .insertInto("staff_role")
    .values(stores.map((store) => ({ store, staff, role })))
    .execute();
}
