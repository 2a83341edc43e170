/** What is scrolled by keys because nothing in it can be reached by Tab: so it can be itself. */
export const scrolledByKeys = (label: string) => ({
  role: "region",
  "aria-label": label,
  tabIndex: 0,
});
