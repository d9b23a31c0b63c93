import { App } from "cdktf";
import { all } from "./environments/load";
import { platform } from "./stacks/platform";

const app = new App();
for (const settings of all()) platform(app, settings);
app.synth();
