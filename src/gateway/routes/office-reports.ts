import type { FastifyReply } from "fastify";
import * as z from "zod/mini";
import {
  reportFileQuery,
  reportQuery,
  reportSalesQuery,
  savedViewBody,
  viewNameMax,
  type ReportFileQuery,
  type ReportQuery,
  type ReportSalesQuery,
} from "../../contract/reports.ts";
import type { GatewayParts } from "../parts.ts";
import { everyRow } from "../reports/every-row.ts";
import { csvStream, xlsxStream } from "../reports/files.ts";
import { readChoices } from "../reports/names.ts";
import type { QuestionRefusal } from "../reports/question.ts";
import { readReceipt } from "../reports/receipt.ts";
import { readReport } from "../reports/report.ts";
import { readReportSales } from "../reports/sales.ts";
import { readViews, removeView, saveView } from "../reports/views.ts";
import { officeOf, ownStores } from "./access.ts";
import { problem } from "./problem.ts";
import { fileOf } from "./report-file.ts";
import type { GatewayServer } from "./route.ts";

const office = { config: { who: { access: "office", act: "seeFigures", narrows: true } } } as const;
const exports = { config: { who: { access: "office", act: "exportBooks", narrows: true } } } as const;
const ofSale = { config: { who: { access: "office", act: "seeFigures", store: "ofSale" } } } as const;
/** Names and one's own views: no figure of any store. */
const names = { config: { who: { access: "office", act: "seeFigures", store: "found" } } } as const;
const named = z.object({ name: z.string().check(z.minLength(1), z.maxLength(viewNameMax)) });
/** Files that are being written at once: each holds a connection to the database for as long as its reader takes. */
const filesAtOnceMax = 3;
/** A file that nobody has read to its end by then is given up. */
const fileMsMax = 600_000;

/** Reports, what they were counted from, files of them, and the views that an owner keeps. */
export function reportRoutes(server: GatewayServer, parts: GatewayParts): void {
  const { database } = parts;
  server.get("/v1/office/reports", { ...office, schema: { querystring: reportQuery } }, async (request, reply) => {
    const told = await readReport(database, request.query as ReportQuery, ownStores(request));
    return told.ok ? told.value : refused(reply, told.refusal);
  });

  server.get("/v1/office/reports/sales", { ...office, schema: { querystring: reportSalesQuery } }, async (request) =>
    readReportSales(database, request.query as ReportSalesQuery, ownStores(request)),
  );

  server.get("/v1/office/reports/sales/:id", ofSale, async (request, reply) => {
    const receipt = await readReceipt(database, (request.params as { readonly id: string }).id);
    return receipt ?? problem(reply, "notFound", "There is no completed sale of that id.");
  });

  server.get("/v1/office/reports/choices", names, async () => readChoices(database));
  fileRoute(server, parts);
  viewRoutes(server, parts);
}

function fileRoute(server: GatewayServer, { database, clock }: GatewayParts): void {
  let writing = 0;
  const schema = { querystring: reportFileQuery };
  server.get("/v1/office/reports/file", { ...exports, schema }, async (request, reply) => {
    const query = request.query as ReportFileQuery;
    if (writing >= filesAtOnceMax)
      return problem(reply, "tooManyTries", "Other reports are being written: ask again when they are done.");
    const every = await everyRow(database, query, ownStores(request));
    if (!every.ok) return refused(reply, every.refusal);
    const { name, columns, rows, digits } = fileOf(query, every.value);
    const stream = query.format === "csv" ? csvStream(columns, rows, digits) : xlsxStream(name, columns, rows, digits);
    writing += 1;
    const cancel = clock.after(fileMsMax, () => stream.destroy());
    stream.once("close", () => {
      writing -= 1;
      cancel();
    });
    return reply
      .header("content-type", fileTypes[query.format])
      .header("content-disposition", `attachment; filename="${name}.${query.format}"`)
      .header("cache-control", "no-store")
      .send(stream);
  });
}

function viewRoutes(server: GatewayServer, { database, clock }: GatewayParts): void {
  server.get("/v1/office/reports/views", names, async (request) => readViews(database, officeOf(request).person));

  const schema = { params: named };
  server.put(
    "/v1/office/reports/views/:name",
    { ...names, schema: { ...schema, body: savedViewBody } },
    async (request, reply) => {
      const { person: owner } = officeOf(request);
      const saved = await saveView(database, owner, request.params.name, request.body.view, clock.now());
      return saved.ok
        ? readViews(database, owner)
        : problem(reply, "tooManyTries", "As many views as are kept are there: remove one first.");
    },
  );

  server.delete("/v1/office/reports/views/:name", { ...names, schema }, async (request) => {
    const { person: owner } = officeOf(request);
    await removeView(database, owner, request.params.name);
    return readViews(database, owner);
  });
}

const fileTypes = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

function refused(reply: FastifyReply, refusal: QuestionRefusal): FastifyReply {
  return problem(reply, "badRequest", refusals[refusal]);
}

const refusals: { readonly [R in QuestionRefusal]: string } = {
  range: "The range ends before it begins.",
  tooLong:
    "The range is too long for this report: products go up to 35 days by week and 14 by day or hour, unless one is named.",
  twoKinds: "Rows and filters name two of product, category, tender, tax and discount: one at a time.",
};
