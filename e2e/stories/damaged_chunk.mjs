import { COMPANY, STOCK, openBench, refusal, tamper } from "../workbench.mjs";

export const name = "a flipped or deleted chunk is detected and named (ST-05)";

export async function run({ page, base, expect }) {
  for (const how of ["flip", "delete"]) {
    const call = await openBench(page, base);
    const { id } = await call("create", how);
    await call("import", "company", COMPANY);
    await call("import", "stock", STOCK);
    expect.equal((await call("open", id)).health, "good");

    expect.ok((await tamper(page, id, "chunks", how)) >= 2);
    const again = await openBench(page, base);
    const { health, mode } = await again("open", id);
    expect.match(health, /company/);
    expect.match(health, /stock/);
    expect.equal(mode, "follower");
    expect.match(await refusal(again("set", "a", "1")), /read_only/);
  }
}
