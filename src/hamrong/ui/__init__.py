"""The design system: layouts, components, forms, tables, charts, icons, fonts and print sheets of both faces, the
public site and the officers' desk; it knows no system and no law, and every page of every room is built from it."""
