import { auditFileFilter, auditFilter, type AuditAct, type AuditRow } from "../../contract/audit.ts";
import type { Language } from "../../domain/item.ts";
import { zonedText } from "../../domain/local-time.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import type { Told } from "../../i18n/told.ts";
import { audit } from "../audit/audit.ts";
import { everyEntry, readAudit } from "../audit/read-audit.ts";
import { storesFor } from "../office/entitled.ts";
import type { GatewayParts } from "../parts.ts";
import { csvStream, type FileColumn } from "../reports/files.ts";
import { officeOf } from "./access.ts";
import type { GatewayServer } from "./route.ts";

/** Entries that would say nothing without what they allow or refuse. */
const isOfApproval: ReadonlySet<string> = new Set<AuditAct>([
  "approvalGiven",
  "approvalRefused",
  "tillApproved",
  "doneAlone",
]);
const looks = { config: { who: { access: "office", act: "seeAudit", store: "found" } } } as const;
const exports = { config: { who: { access: "office", act: "exportBooks", store: "found" } } } as const;

/** The audit log: searched, page by page, and taken away whole. */
export function auditRoutes(server: GatewayServer, { database, clock, random }: GatewayParts): void {
  server.get("/v1/office/audit", { ...looks, schema: { querystring: auditFilter } }, async (request) =>
    readAudit(database, within(storesFor(officeOf(request), "seeAudit"), request.query.store), request.query),
  );

  server.get(
    "/v1/office/audit/file",
    { ...exports, schema: { querystring: auditFileFilter } },
    async (request, reply) => {
      const pass = officeOf(request);
      const { language, ...filter } = request.query;
      const stores = within(storesFor(pass, "seeAudit"), filter.store);
      const entry = { store: null, who: pass.person, act: "auditExported", subject: "audit", after: filter } as const;
      await audit(database, random, { ...entry, at: clock.now() });
      const places = await database.selectFrom("store").select(["id", "name", "zone"]).orderBy("id").execute();
      const entries = everyEntry(database, stores, filter);
      const stream = csvStream(columnsIn(language), cells(entries, language, places), 2);
      return reply
        .header("content-type", "text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="audit.csv"')
        .send(stream);
    },
  );
}

function within<Store extends string>(stores: readonly Store[], asked: string | undefined): readonly Store[] {
  return asked === undefined ? stores : stores.filter((store) => store === asked);
}

function columnsIn(language: Language): readonly FileColumn[] {
  const { column } = permissionWords(language).audit;
  const heads = [
    column.time,
    column.store,
    column.who,
    column.act,
    column.subject,
    column.before,
    column.after,
    column.reason,
    column.second,
  ];
  return heads.map((head) => ({ head, kind: "text" }));
}

type Place = { readonly id: string; readonly name: string; readonly zone: string };

/** In words where the record has some; what was changed stays as it was recorded. Times are the store's own, the chain's the first store's. */
async function* cells(
  rows: ReturnType<typeof everyEntry>,
  language: Language,
  places: readonly Place[],
): AsyncGenerator<readonly string[]> {
  const placeOf = new Map(places.map((place) => [place.id, place]));
  const acts: Readonly<Record<string, string>> = permissionWords(language).audit.acts;
  const text = (value: unknown): string => (value === null || value === undefined ? "" : JSON.stringify(value));
  for await (const row of rows) {
    const place = row.store === null ? undefined : placeOf.get(row.store);
    yield [
      zonedText(row.at, (place ?? places[0])?.zone ?? "UTC"),
      place?.name ?? row.store ?? "",
      row.whoName ?? "",
      [acts[row.act] ?? row.act, ...agreedTo(row, language)].join(" · "),
      row.subjectName === null ? row.subject : `${row.subjectName} (${row.subject})`,
      text(row.before),
      text(row.after),
      row.reason ?? "",
      row.secondName ?? "",
    ];
  }
}

/** What a yes or a no was about, as its page says it: the action of a mending, else the act. */
function agreedTo({ action, act, after }: AuditRow, language: Language): readonly string[] {
  if (!isOfApproval.has(act) || typeof after !== "object" || after === null || !("act" in after)) return [];
  const actions: Readonly<Record<string, Told | undefined>> = mendWords(language).actions;
  const words: Readonly<Record<string, string>> = permissionWords(language).act;
  const about = String(after.act);
  return [(action === null ? undefined : actions[action]?.title) ?? words[about] ?? about];
}
