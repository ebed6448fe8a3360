// The side of the public Equal Shares tool (equalshares.net) in the benchmark of votes: runs its own worker and its own
// reader of files under Node, as its page does in a browser.
//
//     node equal_shares_side.mjs FOLDER      FOLDER is the tool as it was fetched
//
// Reads one JSON task a line: {"file", "completion", "stop", "step"}; answers each with one line {"winners", "read",
// "seconds"} or {"error"}. Seconds are of work on one core. It counts with floats, its usual way; ties go by cost, then
// votes, then the project number, as in our default.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createContext, runInContext } from "node:vm";

const folder = process.argv[2];
const source = readFileSync(`${folder}/js/pabulibParser.js`, "utf8");
const { parsePabulibFromString } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

let answer;
const page = createContext({
    importScripts: () => {}, // fractions, which are not asked for
    postMessage: (message) => { if (message.type === "result") answer = message; },
    performance,
});
runInContext(readFileSync(`${folder}/js/methodOfEqualSharesWorker.js`, "utf8"), page);

function worked(since) {
    const used = process.cpuUsage(since);
    return (used.user + used.system) / 1e6;
}

for await (const line of createInterface({ input: process.stdin })) {
    const task = JSON.parse(line);
    try {
        let began = process.cpuUsage();
        const instance = parsePabulibFromString(readFileSync(task.file, "utf8"));
        const read = worked(began);
        const params = {
            accuracy: "floats",
            comparison: "none",
            completion: task.completion === "none" ? "none" : "add1",
            add1options: task.completion === "add1" ? ["exhaustive"] : [],
            budgetIncrement: task.step,
            tieBreaking: ["minCost", "maxVotes", Object.keys(instance.projects).sort()],
        };
        began = process.cpuUsage();
        page.onmessage({ data: { instance, params } });
        console.log(JSON.stringify({ winners: [...answer.winners].sort(), read, seconds: worked(began) }));
    } catch (error) {
        console.log(JSON.stringify({ error: String(error) }));
    }
}
