import { namesOf } from "../../environments/naming";
import { runOperation } from "../command";
import { azureOf } from "../laptop";
import { ResourceManager } from "../resource-manager";
import { FactoryView } from "./factory-view";
import { readRequest } from "./request";
import { LaptopView, placesOf } from "./laptop-view";
import { MonitorServer } from "./server";

void runOperation(async () => {
  const request = readRequest(process.argv.slice(2));
  if (request === undefined) return;
  const { settings, options } = request;
  const azure = azureOf(options, process.env);
  const { resourceGroup, dataFactory } = namesOf(settings);
  const id = `/subscriptions/${azure.subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.DataFactory/factories/${dataFactory}`;
  const { local } = options;
  const server = await MonitorServer.start(
    {
      title: local === undefined ? `${dataFactory}, deployed` : `${dataFactory}, on this machine`,
      view: new FactoryView(new ResourceManager(azure), id),
      ...(local !== undefined && { laptop: new LaptopView(placesOf(local, settings, azure.variables !== undefined)) }),
      // Azure counts what it is asked.
      seconds: local === undefined ? 10 : 2,
      isAskedTwice: local === undefined,
    },
    options.port,
  );
  console.log(`${server.url}\nShows ${dataFactory} until Ctrl-C.`);
  process.once("SIGINT", () => void server.stop());
});
