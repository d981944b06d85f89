import type { IconNode } from "lucide";
import { h } from "preact";

type IconProps = {
  readonly node: IconNode;
  /** Whether it points along the line of reading, and so turns with it. */
  readonly turns?: boolean;
};

/** A drawing beside a word: never the only thing that carries the meaning. */
export function Icon({ node, turns = false }: IconProps) {
  return (
    <svg class={turns ? "icon turns" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {node.map(([tag, attributes], index) => h(tag, { ...attributes, key: index }))}
    </svg>
  );
}
