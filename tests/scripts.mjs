// Reads the pages' scripts as a browser would, without running one: what cannot be parsed, and what is
// imported from an address where nothing is, or that does not export it. Run by tests/scripts.py.

import { readFileSync } from "node:fs";
import { SourceTextModule } from "node:vm";

const files = JSON.parse(readFileSync(0, "utf8")); // by address
const known = new Map();

function read(address) {
  if (!files[address]) throw new Error(`there is no script at ${address}`);
  if (!known.has(address)) {
    const text = readFileSync(files[address], "utf8");
    known.set(address, new SourceTextModule(text, { identifier: address }));
  }
  return known.get(address);
}

const readFrom = (name, { identifier }) => read(new URL(name, `http://web${identifier}`).pathname);

for (const [address, file] of Object.entries(files)) {
  try {
    const script = read(address);
    if (script.status === "unlinked") await script.link(readFrom);
  } catch (error) {
    console.log(`${file}: ${error.stack.split("\n").slice(0, 4).join("\n  ")}`);
  }
}
