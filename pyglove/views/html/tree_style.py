"""The styles of the tree view. They suit light and dark pages.

Text and background are those of the page, and colours are such that they can be read
on either: a notebook has a theme of its own, which does not tell us what it is.
"""

# Elements that are the whole page, rather than a part of a notebook or of an
# application, choose its fonts and follow the reader's scheme.
PAGE = """
/* A page of its own. */
:root:has(> body > :is(.pyglove, .simple-value, .complex-value)),
:root:has(> body > :is(.tab-control, .progress-bar, .label-group, .label, .tooltip)),
:root:has(> body > .label-container) {
  color-scheme: light dark;
  font: 14px/1.4 system-ui, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif;
}
"""

TOOLTIP = """
/* Tooltips. */
span.tooltip {
  display: none;
  position: absolute;
  z-index: 10;
  box-sizing: border-box;
  width: max-content;
  max-width: min(60em, 90vw);
  max-height: 30em;
  overflow: auto;
  padding: 0.5em 0.75em;
  border: 1px solid rgba(128, 128, 128, 0.6);
  border-radius: 4px;
  background: #2b2f36;
  color: #f4f4f4;
  font: 12px/1.4 ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace;
  text-align: left;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
span.tooltip:hover {
  display: block;
}
"""

SUMMARY = """
/* Summaries. */
details.pyglove > summary {
  padding: 0.15em 0.4em;
  font-weight: 600;
  overflow-wrap: anywhere;
  cursor: pointer;
}
details.pyglove > summary:focus-visible {
  outline: 2px solid #3b7dd8;
}
.summary-name, .summary-title {
  display: inline;
}
.summary-name {
  margin-right: 0.4em;
  padding: 0.1em 0.2em;
  border-radius: 3px;
}
.summary-name + .summary-title {
  font-weight: normal;
  opacity: 0.7;
}
.summary-name:hover > span.tooltip, .summary-title:hover + span.tooltip {
  display: block;
}
"""

DETAILS = """
/* Nodes. */
details.pyglove {
  margin: 0.15em 0;
  padding: 0 0.4em;
  border: 1px solid rgba(128, 128, 128, 0.4);
  border-radius: 4px;
}
details.pyglove[open] {
  padding-bottom: 0.2em;
}
details.pyglove:has(> .simple-value, > .complex-value > .empty-container) {
  padding-bottom: 0;
  border-color: transparent;
}
details.pyglove:has(> .simple-value, > .complex-value > .empty-container)::after {
  display: block;
  clear: both;
  content: '';
}
details.pyglove:has(> .simple-value, > .complex-value > .empty-container) > summary {
  float: left;
}
.highlight {
  background: rgba(255, 214, 0, 0.3);
}
.lowlight {
  opacity: 0.4;
}
"""

SIMPLE_VALUE = """
/* Values without children. */
.simple-value {
  display: inline-block;
  box-sizing: border-box;
  max-width: 100%;
  padding: 0.15em;
  overflow-wrap: anywhere;
  white-space: pre-wrap;
  color: #3b7dd8;
  font: 13px/1.4 ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace;
}
div.simple-value {
  overflow-x: auto;
  white-space: normal;
  color: inherit;
  font: inherit;
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
  width: 100%;
  border-spacing: 0;
  color: inherit;
  font: inherit;
}
.complex-value > table > tbody > tr > td {
  padding: 0.05em 0.2em;
  text-align: left;
  vertical-align: top;
}
.complex-value > table > tbody > tr > td:first-child:not(:last-child) {
  width: 1px;
}
span.empty-container {
  padding: 0 0.4em;
}
span.empty-container::before {
  content: '(empty)';
  opacity: 0.7;
  font-style: italic;
}
.not-shown {
  opacity: 0.8;
  font-style: italic;
}
"""

OBJECT_KEY = """
/* Keys that stand beside their values. */
.object-key {
  display: block;
  width: max-content;
  max-width: 20em;
  box-sizing: border-box;
  padding: 0.15em 0.35em;
  border-radius: 3px;
  overflow-wrap: anywhere;
}
.object-key.str {
  background: rgba(128, 128, 128, 0.2);
}
.object-key.int {
  opacity: 0.7;
}
.object-key.int::before {
  content: '[';
}
.object-key.int::after {
  content: ']';
}
.object-key:hover + span.tooltip {
  display: block;
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
  display: block;
}
"""
