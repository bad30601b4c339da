import { deepEqual, rejects } from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { listBoxes } from "../../src/sandbox/list_boxes.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;
const RUN = "/home/ada/.stakpak/run";
/** The line names the run folder by the beginning of its SHA-256. */
const LINE = "docker ps --all --no-trunc --filter label=stakpak.home=370246f7f3d6 --format " +
  '{{.Names}}\t{{.Label "stakpak.instance"}}\t{{.Label "stakpak.session"}}\t{{.Image}}\t{{.Status}}';

const listed = (answer: NonNullable<FakeMachine["commands"]>[string]) =>
  listBoxes(fakeHost({ commands: { [LINE]: answer } }), RUN, never);
const refused = (why: RegExp) => (error: unknown) =>
  error instanceof UserError && why.test(error.message) && error.exitCode === 2;

test("the boxes of a run folder are listed, oldest first", async () => {
  const stdout = "stakpak-00000001-0000000b\t00000001\tshared\tdebian:12\tUp 5 minutes\n" +
    "stakpak-00000001-0000000a\t00000001\tSlack thread\tdebian:12\tExited (137) 2 hours ago\n";
  deepEqual(await listed({ stdout }), [
    {
      name: "stakpak-00000001-0000000a",
      instance: "00000001",
      session: "Slack thread",
      image: "debian:12",
      status: "Exited (137) 2 hours ago",
    },
    {
      name: "stakpak-00000001-0000000b",
      instance: "00000001",
      session: "shared",
      image: "debian:12",
      status: "Up 5 minutes",
    },
  ]);
  deepEqual(await listed({ stdout: "" }), []);
});

test("a line that was cut off, since there are too many boxes, names no box", async () => {
  const stdout =
    "stakpak-00000001-0000000b\t00000001\tshared\tdebian:12\tUp\nstakpak-00000002-0000000a\t0000";
  deepEqual((await listed({ stdout })).map(({ instance }) => instance), ["00000001"]);
});

test("a docker that is missing, refuses or is silent is told of", async () => {
  using clock = fakeClock();
  await rejects(listBoxes(fakeHost(), RUN, never), refused(/docker is not on PATH/));
  await rejects(listed({ code: 1, stderr: "permission denied\n" }), refused(/boxes: permission denied/));
  const silent = rejects(listed("hang"), refused(/docker does not answer within 10 s/));
  await clock.pass(10_000);
  await silent;
});
