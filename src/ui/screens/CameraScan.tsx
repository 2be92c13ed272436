import { createEffect, Show, type JSX } from "solid-js";
import { Icon } from "../parts/icons.tsx";
import type { CameraView } from "../till.ts";
import { useTill } from "../till.ts";

/** Turns the camera on and off; it reads goods and payment codes alike. */
export function CameraKey(): JSX.Element {
  const { shell, words } = useTill();
  const on = (): boolean => shell.camera.view().kind === "running" || shell.camera.view().kind === "starting";
  return (
    <button
      type="button"
      class="key"
      data-testid="camera"
      aria-pressed={on()}
      classList={{ on: on() }}
      onClick={() => (on() ? shell.camera.stop() : shell.camera.start())}
    >
      <Icon name={on() ? "close" : "camera"} />
      <span>{on() ? words().goods.cameraStop : words().goods.camera}</span>
    </button>
  );
}

/** What the camera sees, with a frame to aim; or why it does not run. */
export function CameraPicture(): JSX.Element {
  const { shell, words } = useTill();
  const view = (): CameraView => shell.camera.view();
  const trouble = (): string | null => {
    const { kind } = view();
    return kind === "off" || kind === "starting" || kind === "running" ? null : words().goods.cameraRefusal[kind];
  };
  return (
    <>
      <Show when={view().kind === "running"}>
        <CameraVideo />
      </Show>
      <Show when={trouble()}>
        {(text) => (
          <p class="refusal" role="alert" data-testid="camera-refusal">
            {text()}
          </p>
        )}
      </Show>
    </>
  );
}

function CameraVideo(): JSX.Element {
  const { shell, words } = useTill();
  let video!: HTMLVideoElement;
  createEffect(() => {
    const now = shell.camera.view();
    video.srcObject = now.kind === "running" ? now.stream : null;
  });
  return (
    <div class="camera" data-testid="camera-picture">
      <video ref={video} autoplay muted playsinline />
      <span>{words().goods.cameraAim}</span>
    </div>
  );
}
