/** Where a service's commands stand in the Services view. */
import type { Action } from '../../services/nodes.ts';

/** A button on the row and an entry in its menu, on each node whose `contextValue` names the action. */
export function onNodes(
  action: Action,
  place: number,
): readonly {
  readonly menu: string;
  readonly when: string;
  readonly group: string;
}[] {
  const when = `view == dockwright.services && viewItem =~ /\\b${action}\\b/`;
  return [
    { menu: 'view/item/context', when, group: `inline@${place}` },
    { menu: 'view/item/context', when, group: `1_service@${place}` },
  ];
}
