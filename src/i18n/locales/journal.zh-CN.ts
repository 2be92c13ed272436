import type { JournalTexts } from "../journal-texts.ts";

export const journalZh = {
  title: "流水文件",
  busy: "正在逐条核对…",
  close: "关闭",
  of: (till, series) => `款台 ${till}，第 ${series} 本`,
  range: (first, last, count) => `第 ${first} 至 ${last} 条，共 ${count} 条`,
  empty: "里面没有流水。",
  noJournal: "这不是款台的流水文件。请打开由款台导出的文件。",
  tooLarge: "文件比任何流水都大，没有核对。",
  whole: "链条完整：每一条都接着上一条。",
  notWhole: "链条不完整：有内容被改动、丢失或插入。",
  begins: (first) => `文件从第 ${first} 条开始，之前的不在里面。`,
  missing: (from, to) => (from === to ? `缺第 ${from} 条。` : `缺第 ${from} 至 ${to} 条。`),
  broken: (number) => `第 ${number} 条接不上前一条。`,
  foreign: (count) => `不属于这本流水的行：${count}`,
  end: {
    own: "结尾由本款台的密钥签名，核对无误。",
    theirs: "结尾由文件里写明的密钥签名；是谁的密钥，要到后台核对。",
    unsigned: "结尾没有签名：后面的流水可能被截掉。",
    cut: "结尾缺流水：签名的结尾在最后一条之后。",
    wrong: "结尾与签名不符。",
  },
  untouched: "只读了文件，没有导入任何内容。",
} satisfies JournalTexts;
