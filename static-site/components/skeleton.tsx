/** The place of something that is on its way, in its final size. */
export function Bone({
  size,
}: {
  readonly size: "round" | "title" | "cover" | "line" | "short" | "box" | "heading" | "caption" | "slab";
}) {
  return <span class={`bone ${size}`} />;
}
