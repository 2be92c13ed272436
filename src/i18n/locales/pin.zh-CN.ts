import type { PinWords } from "../areas/pin-texts.ts";

export const pinZhCN: PinWords = {
  title: "改我的密码",
  text: "换一个只有自己知道的密码。别的款台联网后也用新密码。现在的密码如果是别人给你生成的，要能批准那个人提出的事，请到后台“我的登录”里改。",
  step: { present: "现在的密码", fresh: "新密码，至少 6 位数字", again: "再输一遍新密码" },
  next: "下一步",
  change: "改密码",
  busy: "正在改…",
  cancel: "不改了",
  close: "好",
  differs: "两遍不一样，请重新输入新密码。",
  told: {
    changed: "密码已改，下次登录用新密码。",
    offline: "现在连不上，改密码要联网。请稍后再试；如果旧密码已经不能用，就是新密码生效了。",
    notNew: "新密码和现在的一样，请换一个。",
  },
};
