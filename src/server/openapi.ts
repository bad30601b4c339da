import type { HttpRoutes } from "./http_env.ts";

/** An OpenAPI 3.1 document, as JSON. */
export type OpenapiDocument = ReturnType<HttpRoutes["getOpenAPI31Document"]>;

/** What the routes of `app` take and answer; call it when all of them are there. */
export function openapiDocument(app: HttpRoutes, version: string): OpenapiDocument {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer_auth", {
    type: "http",
    scheme: "bearer",
    description: "The token of `~/.stakpak/autopilot/token`: `stakpak token`.",
  });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "stakpak",
      version,
      description: "Sessions, runs, approvals and events of an autopilot. docs/api.md says more.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ bearer_auth: [] }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
  });
}

const TAGS: readonly (readonly [string, string])[] = [
  ["sessions", "Conversations."],
  ["messages", "What is said in them; saying something starts a run."],
  ["runs", "The run of a session that is under way."],
  ["events", "What happens in a session."],
  ["tools", "Deciding about the calls of a run."],
  ["approvals", "The same, over all sessions."],
  ["audit", "What was done, judged and decided."],
  ["server", "How the server is, and how it is set up."],
];
