import type { Assortment } from "./words.ts";
import { drinks, dairy, snacks } from "./assortments-packed.ts";
import { household, care } from "./assortments-home.ts";

const freshProduce: Assortment = {
  id: "produce",
  names: ["蔬果", "Fruit & vegetables", "青果"],
  taxRate: 900,
  kinds: [
    ["苹果", "Apples", "りんご", 1180],
    ["鸭梨", "Pears", "梨", 880],
    ["橙子", "Oranges", "オレンジ", 1280],
    ["香蕉", "Bananas", "バナナ", 790],
    ["葡萄", "Grapes", "ぶどう", 2580],
    ["猕猴桃", "Kiwi fruit", "キウイ", 1980],
    ["番茄", "Tomatoes", "トマト", 760],
    ["黄瓜", "Cucumbers", "きゅうり", 680],
    ["土豆", "Potatoes", "じゃがいも", 420],
    ["胡萝卜", "Carrots", "にんじん", 480],
    ["核桃仁", "Walnut kernels", "くるみ", 6800],
    ["红枣", "Red dates", "なつめ", 3600],
  ],
  variants: [
    ["散装", "loose", "ばら"],
    ["精选", "choice", "特選"],
    ["有机", "organic", "有機"],
    ["高山", "highland", "高原"],
    ["本地", "local", "地元"],
    ["早熟", "early", "早生"],
    ["特级", "extra", "特級"],
    ["小果", "small", "小玉"],
  ],
  sizes: [],
};

const staples: Assortment = {
  id: "staples",
  names: ["粮油", "Rice, oil & flour", "米・油・粉"],
  taxRate: 900,
  kinds: [
    ["大米", "Rice", "米", 690],
    ["小米", "Millet", "あわ", 990],
    ["面粉", "Flour", "小麦粉", 520],
    ["挂面", "Noodles", "乾麺", 650],
    ["菜籽油", "Rapeseed oil", "菜種油", 1680],
    ["花生油", "Peanut oil", "落花生油", 2980],
    ["芝麻油", "Sesame oil", "ごま油", 2680],
    ["绿豆", "Mung beans", "緑豆", 880],
    ["燕麦片", "Oat flakes", "オートミール", 1590],
    ["红豆", "Red beans", "小豆", 980],
    ["黑米", "Black rice", "黒米", 1290],
    ["藜麦", "Quinoa", "キヌア", 2580],
  ],
  variants: [
    ["长粒", "long grain", "長粒"],
    ["石磨", "stone-ground", "石臼挽き"],
    ["有机", "organic", "有機"],
    ["冷榨", "cold-pressed", "低温圧搾"],
    ["新季", "new season", "新物"],
    ["家庭装", "family", "徳用"],
    ["低温", "low-temperature", "低温製法"],
    ["原香", "full aroma", "香り豊か"],
  ],
  sizes: [
    ["400g", 0.5],
    ["900g", 1],
    ["1.8kg", 1.9],
    ["2.5kg", 2.5],
    ["5kg", 4.6],
  ],
};

const deli: Assortment = {
  id: "deli",
  names: ["熟食现制", "Deli & fresh drinks", "惣菜・淹れたて"],
  taxRate: 600,
  kinds: [
    ["卤牛肉", "Braised beef", "牛肉の煮込み", 9800],
    ["酱鸭", "Soy-braised duck", "鴨の醤油煮", 5800],
    ["白切鸡", "Poached chicken", "蒸し鶏", 4980],
    ["叉烧", "Roast pork", "チャーシュー", 7600],
    ["凉拌木耳", "Wood-ear salad", "きくらげ和え", 2980],
    ["拌黄瓜", "Smashed cucumber", "たたききゅうり", 1880],
    ["卤豆干", "Braised tofu", "煮豆腐", 2680],
    ["酱猪蹄", "Braised trotters", "豚足の煮込み", 6200],
    ["糖醋排骨", "Sweet-sour ribs", "酢豚スペアリブ", 7200],
    ["盐水花生", "Boiled peanuts", "ゆで落花生", 1980],
    ["烤鸡翅", "Roast wings", "手羽先焼き", 5600],
    ["泡菜", "Pickles", "漬物", 1680],
  ],
  variants: [
    ["微辣", "mild hot", "ピリ辛"],
    ["麻辣", "numbing hot", "麻辣"],
    ["五香", "five-spice", "五香"],
    ["原味", "plain", "プレーン"],
    ["蒜香", "garlic", "にんにく"],
    ["藤椒", "green pepper", "青山椒"],
    ["酱香", "soy", "醤油"],
    ["少盐", "less salt", "減塩"],
  ],
  sizes: [],
};

/** Eight categories in the order of the rail on the till. */
export const assortments: readonly Assortment[] = [drinks, snacks, dairy, freshProduce, staples, deli, household, care];
