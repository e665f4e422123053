"""The styles of the tree view. They suit light and dark pages."""

TOOLTIP = """
/* Tooltips. */
span.tooltip {
  visibility: hidden;
  position: absolute;
  z-index: 10;
  max-width: 60em;
  max-height: 30em;
  overflow: auto;
  padding: 0.5em 0.75em;
  border-radius: 4px;
  background: #2b2f36;
  color: #f4f4f4;
  font-weight: normal;
  white-space: pre-wrap;
}
span.tooltip:hover {
  visibility: visible;
}
"""

SUMMARY = """
/* Summaries. */
details.pyglove > summary {
  padding: 0.2em 0.4em;
  font-weight: 600;
  cursor: pointer;
}
.summary-name, .summary-title {
  display: inline;
}
.summary-name {
  margin-right: 0.4em;
  padding: 0.1em 0.35em;
  border-radius: 3px;
}
.summary-name + .summary-title {
  opacity: 0.6;
}
.summary-name:hover > span.tooltip, .summary-title:hover + span.tooltip {
  visibility: visible;
}
"""

DETAILS = """
/* Nodes. */
details.pyglove {
  margin: 0.2em 0;
  padding: 0 0.4em;
  border: 1px solid rgba(128, 128, 128, 0.45);
  border-radius: 4px;
}
details.pyglove[open] {
  padding-bottom: 0.4em;
}
.highlight {
  background: rgba(255, 214, 0, 0.3);
}
.lowlight {
  opacity: 0.3;
}
"""

SIMPLE_VALUE = """
/* Values without children. */
.simple-value {
  display: inline-block;
  padding: 0.15em;
  white-space: pre-wrap;
  color: #3b7dd8;
}
.simple-value.str {
  color: #c0583c;
}
.simple-value.int, .simple-value.float, .simple-value.bool {
  color: #2f8f6b;
}
"""

COMPLEX_VALUE = """
/* Values with children. */
.complex-value > table {
  border-spacing: 0;
}
.complex-value td {
  padding: 0.1em 0.2em;
  text-align: left;
  vertical-align: top;
}
span.empty-container::before {
  content: '(empty)';
  opacity: 0.6;
  font-style: italic;
}
.not-shown {
  opacity: 0.7;
  font-style: italic;
}
"""

OBJECT_KEY = """
/* Keys that stand beside their values. */
.object-key {
  display: block;
  padding: 0.15em 0.35em;
  border-radius: 3px;
}
.object-key.str {
  background: rgba(128, 128, 128, 0.2);
}
.object-key.int {
  opacity: 0.6;
}
.object-key.int::before {
  content: '[';
}
.object-key.int::after {
  content: ']';
}
.object-key:hover + span.tooltip {
  visibility: visible;
}
"""

DEBUG = """
/* The options of a node. */
.debug-info-trigger {
  padding: 0.1em 0.35em;
  border-radius: 3px;
  background: #b3261e;
  color: white;
}
.debug-info-trigger:hover + span.tooltip {
  visibility: visible;
}
"""
