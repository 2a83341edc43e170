import type { Catalog } from "../../catalog";

/** Kinds of resource (`ops/resource-types/`). */
export const resources: Catalog = {
  "Air ambulance, helicopter": "Ambulancia aérea, helicóptero",
  "Ambulance, ground": "Ambulancia terrestre",
  "Strike team, ambulance": "Equipo de intervención, ambulancias",
  "Rescue boat": "Bote de rescate",
  Bulldozer: "Topadora",
  "Bus, passenger": "Autobús de pasajeros",
  Cots: "Catres",
  "Engine, fire": "Autobomba",
  "Generator, mobile": "Generador móvil",
  "Hand crew, wildland": "Cuadrilla forestal",
  "Hazardous materials response team": "Equipo de materiales peligrosos",
  "Helicopter, firefighting": "Helicóptero contra incendios",
  "Law enforcement patrol team": "Equipo de patrulla policial",
  "Water pump, de-watering": "Bomba de achique",
  "Sandbags, filled": "Sacos de arena llenos",
  Shelter: "Refugio",
  "Shelter management team": "Equipo de gestión de refugios",
  "Strike team, engine": "Equipo de intervención, autobombas",
  "Swiftwater and flood rescue team": "Equipo de rescate en aguas rápidas e inundaciones",
  "Traffic control team": "Equipo de control de tránsito",
  "Urban search and rescue task force": "Fuerza de tarea de búsqueda y rescate urbano",
  "Water tender, tactical": "Camión cisterna táctico",
};
