// Imports and exports over any transport of Connect. On HTTP/1.1 the answers of an import may wait for its last item.
import { createClient } from "@connectrpc/connect";
import { fromJson } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { ErrorInfoSchema } from "../gen/google/rpc/error_details_pb.js";
import { ApplicationService, ImportApplicationsRequestSchema } from "../gen/jiebang/application/v1/application_service_pb.js";
import { ExportService } from "../gen/jiebang/application/v1/export_service_pb.js";
import { ImportExpertsRequestSchema, ReviewService } from "../gen/jiebang/review/v1/review_service_pb.js";
import { equal, ok } from "./assert.mjs";
import { as } from "./job.mjs";

async function* messages(schema, items) {
  for (const item of items) yield fromJson(schema, item);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function doStreams(transport, setting, imports, check) {
  const ministry = as(setting.ministryBearer);
  await check("imports experts in one stream with one answer", async () => {
    const experts = messages(ImportExpertsRequestSchema, imports.experts);
    const answer = await createClient(ReviewService, transport).importExperts(experts, ministry);
    equal(Number(answer.receivedCount), imports.experts.length, "the number of what came");
    equal(Number(answer.failedCount), 1, "the number of failures");
    equal(answer.failures[0].itemId, imports.experts[1].itemId, "the one that failed");
  });
  await check("imports applications with a result for each", async () => {
    const items = messages(ImportApplicationsRequestSchema, imports.applications);
    const results = [];
    for await (const result of createClient(ApplicationService, transport).importApplications(items, ministry)) results.push(result);
    const found = results.map(({ itemId, receipt, error }) => {
      const reason = error?.details.map((detail) => anyUnpack(detail, ErrorInfoSchema)?.reason).find(Boolean);
      return `${itemId} ${reason ?? receipt.contentDigest.length}`;
    });
    const [first, refused, last] = imports.applications.map(({ itemId }) => itemId);
    equal(found.join(), `${first} 64,${refused} RULES_VIOLATED,${last} 64`, "the results");
  });
  await check("exports, asks until it is done, and downloads", async () => {
    const exports = createClient(ExportService, transport);
    let operation = await exports.exportApplications({ parent: `${setting.unit}/applicants/-` }, ministry);
    const { name } = operation;
    for (let tries = 0; !operation.done && tries < 100; ++tries) {
      await pause(100);
      operation = await exports.getOperation({ name }, ministry);
    }
    equal(operation.result.case, "response", "how it ended");
    const parts = [];
    for await (const { data } of exports.downloadExport({ name }, ministry)) parts.push(data);
    const lines = Buffer.concat(parts).toString("utf8").trim().split("\n");
    const names = lines.map((line) => JSON.parse(line).name);
    ok(imports.filed.every((each) => names.includes(each)), `${imports.filed} is not in ${names}`);
    await exports.deleteOperation({ name }, ministry);
  });
}
