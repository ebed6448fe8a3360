// One side of CouchDB's replication for benchmarks/sync.py: PouchDB to express-pouchdb, both on LevelDB.
//
//   node pouchdb_side.js MODULES FOLDER host            serves; says {"port": …}
//   node pouchdb_side.js MODULES FOLDER desk RECORDS    writes the records; on each line that names a port, replicates
"use strict";
const fs = require("fs"), path = require("path"), readline = require("readline");
const [modules, place, side, records] = process.argv.slice(2);
const folder = path.resolve(place);
const use = (name) => require(path.join(modules, "node_modules", name));
const PouchDB = use("pouchdb").defaults({ prefix: path.join(folder, side) + path.sep });
const say = (value) => process.stdout.write(JSON.stringify(value) + "\n");
const lines = () => readline.createInterface({ input: process.stdin });
fs.mkdirSync(path.join(folder, side), { recursive: true });
process.chdir(path.join(folder, side)); // express-pouchdb keeps its settings where it stands

async function host() {
  const app = use("express")();
  app.use("/", use("express-pouchdb")(PouchDB, { mode: "minimumForPouchDB", inMemoryConfig: true }));
  const db = new PouchDB("room");
  await db.info();
  const server = app.listen(0, "127.0.0.1", () => say({ port: server.address().port }));
  for await (const _ of lines()) say({ records: (await db.info()).doc_count });
  process.exit(0);
}

async function desk() {
  const db = new PouchDB("room");
  const docs = JSON.parse(fs.readFileSync(records)).map(({ id, ...rest }) => ({ _id: id, ...rest }));
  await db.bulkDocs(docs);
  say({ ready: true });
  for await (const port of lines()) {
    const started = process.hrtime.bigint(), cpu = process.cpuUsage();
    await db.replicate.to(`http://127.0.0.1:${Number(port)}/room`, { batch_size: 500 });
    const spent = process.cpuUsage(cpu);
    say({ seconds: Number(process.hrtime.bigint() - started) / 1e9, cpu: (spent.user + spent.system) / 1e6 });
  }
  process.exit(0);
}

(side === "host" ? host() : desk()).catch((why) => { process.stderr.write(String(why) + "\n"); process.exit(1); });
