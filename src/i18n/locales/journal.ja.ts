import type { JournalTexts } from "../journal-texts.ts";

export const journalJa = {
  title: "ジャーナルのファイル",
  busy: "確認しています…",
  close: "閉じる",
  of: (till, series) => `レジ ${till}、シリーズ ${series}`,
  range: (first, last, count) => `${first}番から${last}番まで、${count}件`,
  empty: "記録は入っていません。",
  noJournal: "レジのジャーナルではありません。レジが書き出したファイルを開いてください。",
  tooLarge: "ジャーナルより大きいファイルのため、確認していません。",
  whole: "連鎖に問題はありません：すべての記録が前の記録に続いています。",
  notWhole: "連鎖が切れています：変更、欠落または挿入があります。",
  begins: (first) => `このファイルは${first}番から始まります。それより前は入っていません。`,
  missing: (from, to) => (from === to ? `${from}番がありません。` : `${from}番から${to}番までがありません。`),
  broken: (number) => `${number}番は前の記録に続いていません。`,
  foreign: (count) => `このジャーナルの記録でない行：${count}`,
  end: {
    own: "末尾はこのレジの鍵で署名されており、正しいです。",
    theirs: "末尾はファイルに書かれた鍵で署名されています。誰の鍵かは管理画面で確認してください。",
    unsigned: "末尾に署名がありません：後の記録が切り取られた恐れがあります。",
    cut: "末尾の記録がありません：署名された末尾は最後の記録より後です。",
    wrong: "末尾が署名と一致しません。",
  },
  untouched: "ファイルを読んだだけです。このレジには何も取り込んでいません。",
} satisfies JournalTexts;
