// Citing a source: a button, and the command "/cite", which open the library and leave "[Unger 1998]" in the text.
"use strict";

{
    const { DraftJS, React, draftail } = window;

    class SourceChooser extends draftail.ModalWorkflowSource {
        getChooserConfig() {
            return {
                url: this.props.entityType.chooserUrls.sourceChooser,
                urlParams: {},
                onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
                responses: { chosen: this.onChosen },
            };
        }

        // A citation stands behind the words that were selected: it never takes their place.
        onChosen({ id, label }) {
            const { editorState, entity, entityType, onComplete } = this.props;
            const chosen = editorState.getSelection();
            const end = { key: chosen.getEndKey(), offset: chosen.getEndOffset() };
            const behind = chosen.merge({
                anchorKey: end.key,
                anchorOffset: end.offset,
                focusKey: end.key,
                focusOffset: end.offset,
                isBackward: false,
            });
            const content = editorState.getCurrentContent().createEntity(entityType.type, "IMMUTABLE", { id });
            const cited = DraftJS.Modifier.replaceText(
                content,
                entity ? chosen : behind,
                label,
                null,
                content.getLastCreatedEntityKey(),
            );
            this.workflow.close();
            onComplete(DraftJS.EditorState.push(editorState, cited, "insert-characters"));
        }
    }

    const Citation = ({ children }) => React.createElement("span", { className: "cited-source" }, children);

    draftail.registerPlugin({ type: "SOURCE", source: SourceChooser, decorator: Citation });
}
