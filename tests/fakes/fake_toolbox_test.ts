import { toolboxSuite } from "../suites/toolbox_suite.ts";
import { fakeToolbox } from "./fake_toolbox.ts";
import { fakeTools } from "./fake_tools.ts";

toolboxSuite("a fake toolbox", () => {
  const fakes = fakeTools();
  const toolbox = fakeToolbox(fakes.tools);
  return Promise.resolve({
    toolbox,
    fakes,
    kill: () => toolbox.kill(),
    [Symbol.asyncDispose]: () => toolbox.kill(),
  });
});
