"""Makes a tiny real sentence encoder, with a tokenizer trained on the bundled passages, for tests."""

from __future__ import annotations

from pathlib import Path

HIDDEN, MLP, LAYERS, VOCAB, LONGEST = 64, 128, 2, 600, 48


def make_tiny_encoder(folder: Path, *, dense: int = 0) -> Path:
    """Save a two-layer BERT of width 64 with random fp32 weights and mean pooling as sentence-transformers does.

    Args:
        folder: Where to put it.
        dense: Width of a dense layer after pooling; 0 for none.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    from qdocs.tasks.embedding import evaluation_set

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=VOCAB, special_tokens=special)
    tokenizer.train_from_iterator(evaluation_set().passages.values(), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    config = BertConfig(
        vocab_size=VOCAB,
        hidden_size=HIDDEN,
        intermediate_size=MLP,
        num_hidden_layers=LAYERS,
        num_attention_heads=4,
        max_position_embeddings=LONGEST,
    )
    torch.manual_seed(0)
    inside = folder / "plain"
    BertModel(config).save_pretrained(inside)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=LONGEST,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    ).save_pretrained(inside)
    transformer = Transformer(str(inside), max_seq_length=LONGEST)
    modules = [transformer, Pooling(HIDDEN)]
    if dense:
        modules.append(Dense(HIDDEN, dense))
    made = folder / "encoder"
    SentenceTransformer(modules=[*modules, Normalize()], device="cpu").save(str(made), create_model_card=False)
    return made
