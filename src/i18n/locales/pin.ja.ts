import type { PinWords } from "../areas/pin-texts.ts";

export const pinJa: PinWords = {
  title: "自分の暗証番号を変える",
  text: "自分だけが知っている番号にします。ほかのレジでも、つながり次第この番号になります。",
  step: { present: "今の暗証番号", fresh: "新しい暗証番号（6桁以上の数字）", again: "新しい暗証番号をもう一度" },
  next: "次へ",
  change: "変更する",
  busy: "変更しています…",
  cancel: "やめる",
  close: "閉じる",
  differs: "2回の番号が違います。新しい番号をもう一度入れてください。",
  told: {
    changed: "暗証番号を変えました。次から新しい番号で入ってください。",
    offline:
      "つながっていません。暗証番号はオンラインのときだけ変えられます。あとでもう一度どうぞ。前の番号で入れないときは、もう新しい番号に変わっています。",
    notNew: "今と同じ番号です。別の番号にしてください。",
  },
};
