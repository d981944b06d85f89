import { Standing } from "../components/standing";
import { hostZoneOf } from "../components/words";
import type { MeetingType } from "../lib/api";
import type { Managed } from "../lib/manage-api";
import type { Act, Managing } from "../lib/managing";
import { paragraphs } from "../lib/typed";
import type { useMeetingType } from "../page/use-meeting-type";
import { usePrevious } from "../page/use-previous";
import type { Outside } from "./outside";
import { ConfirmCancelLater, MovingLater } from "./parts";
import { useChange } from "./use-managing";

export type BookingProps = {
  readonly outside: Outside;
  readonly managing: Managing;
  readonly managed: Managed;
  readonly type: ReturnType<typeof useMeetingType>;
  readonly act: (act: Act) => void;
  /** Asks how the booking stands now. */
  readonly refresh: () => void;
};

/** The booking, or the times it could be moved to. */
export function Booking(props: BookingProps) {
  const { outside, managing, managed, type, act, refresh } = props;
  const change = useChange(outside, managing, act);
  // What can no longer be moved is shown as it stands, wherever the history is.
  const step = managed.may.reschedule ? managing.step : "show";
  const cameFrom = usePrevious(step);
  const meetingType = type.reply?.kind === "ok" ? type.reply.value : undefined;
  if (step === "move") {
    return (
      <main class="card" data-step="move">
        <MovingLater.Part
          {...props}
          meetingType={meetingType}
          onMove={(body) => change({ kind: "move", body })}
        />
      </main>
    );
  }
  const goMove = () => {
    outside.trail.push({ step: "move" });
    act({ kind: "went", place: { step: "move" } });
    refresh();
  };
  const hostZone = meetingType && hostZoneOf(meetingType);
  const isGone = type.reply?.kind === "problem" && type.reply.problem.status === 404;
  return (
    <main class="card single">
      <div class="work">
        <Standing
          managed={managed}
          meetingType={isGone ? "gone" : meetingType}
          done={managing.done}
          surprise={managing.surprise}
          trouble={managing.asking ? undefined : managing.trouble}
          hostZone={hostZone}
          ownZone={outside.zone}
          fresh={cameFrom !== undefined}
          onMove={goMove}
          onCancel={() => act({ kind: "cancelling" })}
        />
      </div>
      {managing.asking === "cancel" && <Cancelling {...props} meetingType={meetingType} change={change} />}
    </main>
  );
}

type CancellingProps = BookingProps & {
  readonly meetingType: MeetingType | undefined;
  readonly change: ReturnType<typeof useChange>;
};

function Cancelling({ managing, managed, act, meetingType, change }: CancellingProps) {
  const reason = paragraphs(managing.reason);
  return (
    <ConfirmCancelLater.Part
      managed={managed}
      hostZone={meetingType && hostZoneOf(meetingType)}
      reason={managing.reason}
      sending={managing.sending}
      trouble={managing.trouble}
      onReason={(typed) => act({ kind: "reasoned", reason: typed })}
      onGo={() => void change({ kind: "cancel", body: reason ? { reason } : {} })}
      onBack={() => act({ kind: "closed" })}
    />
  );
}
