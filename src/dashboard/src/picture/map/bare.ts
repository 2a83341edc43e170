/** A map that shows nothing yet, with what is beside the land: buttons and scales. */
import { Map as GlMap, NavigationControl, ScaleControl } from "maplibre-gl";

import { mapStyle, type MapLook } from "./style";

export function bareMap(container: HTMLElement, look: MapLook & { title: string }): GlMap {
  const map = new GlMap({
    container,
    style: mapStyle(look),
    center: [-98, 39],
    zoom: 3,
    attributionControl: false,
    locale: { "Map.Title": look.title },
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-right");
  map.addControl(new ScaleControl({ unit: "imperial" }), "bottom-right");
  return map;
}
