// Invoice lines as a web shop exports them: returns as negative lines, lines without a price, many
// lines that share a key, a few that cannot be read. The same seed gives the same bytes.
import { writeFileSync } from "node:fs";

const COUNTRIES = ["United Kingdom", "Germany", "France", "EIRE", "Spain"];
const GOODS = ["WHITE METAL LANTERN", "SET OF 4 TINS, \"RETRO\"", "CREAM CUPID HEARTS", "红色茶杯", "GLASS STAR FROSTED"];
const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

// Writes `count` lines over `days` days and returns how many of each kind there are.
export function writeRetailLines(path, { count, items = 60, days = 400, seed = 7 }) {
  const random = generator(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const kinds = { loaded: 0, returns: 0, setAside: 0, refused: 0 };
  const lines = [HEADER];
  for (let index = 0; index < count; index += 1) {
    const item = Math.floor(random() ** 2 * items);
    const day = new Date(Date.UTC(2025, 0, 1) + Math.floor((index / count) * days) * 86_400_000).toISOString().slice(0, 10);
    const clock = `${String(8 + Math.floor(random() * 10)).padStart(2, "0")}:${String(Math.floor(random() * 60)).padStart(2, "0")}:00`;
    const kind = kindOf(random());
    const quantity = kind === "returns" ? -1 - Math.floor(random() * 5) : 1 + Math.floor(random() ** 3 * 40);
    const price = kind === "setAside" ? "0.0" : (1 + (item % 17) * 0.55).toFixed(2);
    const code = kind === "refused" && index % 2 === 0 ? "" : `${20_000 + item}${"ABC"[item % 3]}`;
    const amount = kind === "refused" && index % 2 === 1 ? "n/a" : quantity;
    const invoice = `${kind === "returns" ? "C" : ""}${536_365 + Math.floor(index / 3)}`;
    lines.push([invoice, code, quoted(GOODS[item % GOODS.length]), amount, `${day} ${clock}`, price, 12_000 + (index % 400), pick(COUNTRIES)].join(","));
    kinds[kind] += 1;
  }
  writeFileSync(path, `${lines.join("\n")}\n`);
  return kinds;
}

function kindOf(share) {
  if (share < 0.03) return "returns";
  if (share < 0.04) return "setAside";
  return share < 0.043 ? "refused" : "loaded";
}

const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// Numbers from 0 to 1 of a seed (mulberry32).
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
