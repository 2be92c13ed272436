import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { voucherFile } from "../../../src/gateway/accounting/voucher-file.ts";
import { exportedDay as day, exportMap as map } from "../../fakes/exported-day.ts";

describe("金蝶", () => {
  it("as CSV is GBK that another program decodes to the same table as the XLSX that another program reads", async () => {
    const csv = await voucherFile([day()], map, "kingdeeCsv", "heping");
    const xlsx = await voucherFile([day()], map, "kingdeeXlsx", "heping");
    const folder = mkdtempSync(join(tmpdir(), "kuantai-export-"));
    try {
      writeFileSync(join(folder, "a.csv"), csv.bytes);
      writeFileSync(join(folder, "a.xlsx"), xlsx.bytes);
      const read = (script: string): unknown =>
        JSON.parse(execFileSync("/usr/bin/python3", ["-c", script], { cwd: folder, encoding: "utf8" }));
      const fromCsv = read(
        "import csv,json;print(json.dumps(list(csv.reader(open('a.csv',encoding='gbk',newline='')))))",
      ) as string[][];
      const fromXlsx = read(
        "import json,openpyxl;print(json.dumps([['' if c is None else c for c in r] for r in openpyxl.load_workbook('a.xlsx').active.iter_rows(values_only=True)]))",
      ) as (string | number)[][];
      expect(fromCsv[0]?.[6]).toBe("FExp");
      expect(fromCsv[1]?.[6]).toBe("11月20日库存现金-钱箱");
      const asText = fromXlsx.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toFixed(2) : cell)));
      expect(asText).toEqual(fromCsv);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
