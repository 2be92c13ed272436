import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paymentCodeChannel, scanForm } from "../../../src/domain/payment-code.ts";

const digits = (count: number) => "7".repeat(count);

describe("a scan's form", () => {
  it.each([
    ["10" + digits(16), "wechat"],
    ["15" + digits(16), "wechat"],
    ["09" + digits(16), null],
    ["16" + digits(16), null],
    ["13" + digits(15), null],
    ["13" + digits(17), null],
    ["25" + digits(14), "alipay"],
    ["30" + digits(22), "alipay"],
    ["25" + digits(13), null],
    ["30" + digits(23), null],
    ["24" + digits(16), null],
    ["62" + digits(17), "unionpay"],
    ["62" + digits(16), null],
    ["01" + digits(17), "ecny"],
    ["51" + digits(16), "bestpay"],
    ["", null],
    ["1", null],
  ])("%s belongs to %s", (code, channel) => {
    expect(paymentCodeChannel(code)).toBe(channel);
  });

  it("white space around a code is cut, inside it makes the code unknown", () => {
    expect(paymentCodeChannel(" \t134612345678901234\r\n")).toBe("wechat");
    expect(paymentCodeChannel("1346 1234 5678 9012 34")).toBeNull();
  });

  it("digits of another script are no payment code", () => {
    expect(paymentCodeChannel("134612345678901234".replace(/1/gu, "\uff11"))).toBeNull();
    expect(paymentCodeChannel("١٣٤٦١٢٣٤٥٦٧٨٩٠١٢٣٤")).toBeNull();
  });

  it("an EAN-13 is a product only with a right check digit", () => {
    expect(scanForm("6901234567892")).toEqual({ kind: "product" });
    expect(scanForm("6901234567893")).toEqual({ kind: "unrecognised" });
  });

  it("no text of up to 13 digits is ever a payment code", () => {
    fc.assert(fc.property(fc.stringMatching(/^\d{0,13}$/u), (text) => paymentCodeChannel(text) === null));
  });
});
