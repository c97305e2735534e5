"""Makes a tiny real causal language model, with a tokenizer trained on the corpora, for tests."""

from __future__ import annotations

from pathlib import Path

HIDDEN, MLP, LAYERS, VOCAB = 64, 160, 2, 512


def make_tiny(folder: Path, *, tie: bool = True, bias: bool = False, hidden: int = HIDDEN, mlp: int = MLP) -> Path:
    """Save a two-layer Llama with random weights where Transformers can load it.

    Args:
        folder: Where.
        tie: Whether the output head is the embedding.
        bias: Whether linear layers have biases.
        hidden: Width, a multiple of 8.
        mlp: Width of the MLP.
    """
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    from qdocs.measure.corpus import texts

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=VOCAB, initial_alphabet=alphabet, special_tokens=["<s>", "</s>"])
    tokenizer.train_from_iterator([text[:20_000] for text in texts().values()], trainer)
    config = LlamaConfig(
        vocab_size=VOCAB,
        hidden_size=hidden,
        intermediate_size=mlp,
        num_hidden_layers=LAYERS,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=hidden // 4,
        max_position_embeddings=1024,
        tie_word_embeddings=tie,
        attention_bias=bias,
        mlp_bias=bias,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    torch.manual_seed(0)
    model = LlamaForCausalLM(config).to(torch.bfloat16)
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>").save_pretrained(folder)
    return folder
