const yuan = (amount: number) => ({ amount, currency: "CNY" });

/** An answer of each list, as it would look. */
export const examples = {
  "/sales": {
    sales: [
      {
        id: "01KAG7Q4XWTA10ABCDEFGH1234",
        store: "heping",
        till: "till-a1",
        receipt: "A1-1-0021",
        businessDate: "2026-11-20",
        completedAt: 1_795_500_000_000,
        total: yuan(11_300),
        tenders: [{ kind: "payment", amount: yuan(11_300), payment: "01KAG7Q4XWTA10PQRSTVWX5678", channel: "wechat" }],
        lines: [
          {
            product: "100001",
            name: "纯牛奶",
            quantity: 2_000,
            unit: "piece",
            amount: yuan(11_300),
            taxRate: 1_300,
            isReturn: false,
          },
        ],
        taxes: [{ rate: 1_300, net: yuan(10_000), tax: yuan(1_300) }],
      },
    ],
    next: null,
  },
  "/payments": {
    payments: [
      {
        id: "01KAG7Q4XWTA10PQRSTVWX5678",
        store: "heping",
        sale: "01KAG7Q4XWTA10ABCDEFGH1234",
        channel: "wechat",
        state: "captured",
        amount: yuan(11_300),
        receivable: yuan(11_300),
        providerTransaction: "4200000000202611200000000001",
        businessDate: "2026-11-20",
        startedAt: 1_795_500_000_000,
        refunds: [],
      },
    ],
    next: null,
  },
  "/breaks": {
    breaks: [
      {
        id: "wechat/payment/01KAG7Q4XWTA10PQRSTVWX5678/withUsNotWithThem",
        store: "heping",
        account: "wechat",
        class: "withUsNotWithThem",
        number: "01KAG7Q4XWTA10PQRSTVWX5678",
        day: "2026-11-20",
        amount: yuan(-8_800),
        openedAt: 1_795_586_400_000,
      },
    ],
    next: null,
  },
  "/vouchers": {
    vouchers: [
      {
        store: "heping",
        day: "2026-11-20",
        number: 1,
        debits: yuan(11_300),
        credits: yuan(11_300),
        lines: [
          { account: "drawer/till-a1", debit: 11_300, credit: 0 },
          { account: "outputTax/1300", debit: 0, credit: 1_300 },
          { account: "revenue/1300", debit: 0, credit: 10_000 },
        ],
        sha256: "0".repeat(64),
      },
    ],
    next: null,
  },
} as const;
