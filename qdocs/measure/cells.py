"""How is a cell of each kind measured, once the model is loaded and the scheme applied?"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn

from qdocs.errors import KnownProblem
from qdocs.fits import BESIDE_BASELINE
from qdocs.measure import products
from qdocs.models import Loading, load, load_encoder
from qdocs.record import (
    NOISE_FLOOR,
    AccuracySpec,
    AnySpec,
    EmbeddingSpec,
    EncodingSpec,
    FidelitySpec,
    LatencySpec,
    LayerErrorSpec,
    MemorySpec,
    Part,
    QuantizingSpec,
    TextSpec,
    TokenizationSpec,
)
from qdocs.tasks.asked import Asked

Say = Callable[[str], None]


@dataclass
class Subject:
    """What is measured: the scheme's model with its tokenizer or around it its sentence encoder, and the baseline.

    `quantizing` is what applying the scheme took.
    """

    model: nn.Module
    tokenizer: Any
    encoder: Any
    baseline: Any
    quantizing: dict[str, Any] = field(default_factory=dict)

    def weigh(self, quantize: Callable[[nn.Module], Any]) -> Any:
        """Apply a scheme, and keep the time it took and how far memory rose; returns what the scheme returned."""
        from qdocs.measure.memory import explained, peaks_of

        device, model, seconds = next(self.model.parameters()).device, self.model, 0.0

        def work() -> None:
            nonlocal model, seconds
            start = time.perf_counter()
            model = quantize(model)
            if device.type == "cuda":
                torch.cuda.synchronize()
            seconds = time.perf_counter() - start

        peaks = peaks_of(work, device)
        self.quantizing = explained({"quantize_s": round(seconds, 4), **peaks})
        return model

    def put(self, model: nn.Module) -> None:
        """Go on with the model that a scheme returned."""
        self.model = model
        if self.encoder is not None:
            from qdocs.measure.encoding import put_transformer

            put_transformer(self.encoder, model)


def load_subject(job: dict[str, Any], first: AnySpec) -> Subject:
    """Load what a process measures. Schemes start from bf16; the noise floor starts from the weights as stored."""
    folder, device, how = Path(job["folder"]), job["device"], Loading(**job["loading"])
    as_stored = first.scheme == NOISE_FLOOR
    beside = isinstance(first, BESIDE_BASELINE)
    if job["purpose"] == "embed":
        from qdocs.measure.encoding import transformer_of

        encoder = load_encoder(folder, device, how, as_stored=as_stored)
        return Subject(transformer_of(encoder), None, encoder, load_encoder(folder, device, how) if beside else None)
    model, tokenizer = load(folder, device, how, as_stored=as_stored)
    return Subject(model, tokenizer, None, load(folder, device, how)[0] if beside else None)


def measure_cell(spec: AnySpec, job: dict[str, Any], subject: Subject, parameters: int, say: Say) -> dict[str, Any]:
    """Measure one cell; what is timed or weighed runs as torch runs it.

    Args:
        spec: Which.
        job: The process's job.
        subject: The model.
        parameters: How many the model had before the scheme was applied.
        say: Told what is going on.

    Returns:
        `result`, the fields of the result that do not follow from samples, and `samples` where the kind has them.
    """
    as_torch = isinstance(spec, MemorySpec | LatencySpec | EncodingSpec)
    with nullcontext() if as_torch else products.as_on(job["device"]):
        return _measure(spec, job, subject, parameters, say)


def _measure(spec: AnySpec, job: dict[str, Any], subject: Subject, parameters: int, say: Say) -> dict[str, Any]:
    if isinstance(spec, MemorySpec):
        from qdocs.measure.memory import measure_encoder_memory, measure_memory

        say("counting bytes")
        if subject.encoder is not None:
            return {"result": _json(measure_encoder_memory(subject.encoder, spec.workload, parameters))}
        return {"result": _json(measure_memory(subject.model, spec.workload, parameters))}
    if isinstance(spec, QuantizingSpec):
        return {"result": subject.quantizing}
    if isinstance(spec, LayerErrorSpec):
        from qdocs.measure.encoding import transformer_of
        from qdocs.measure.layer_error import measure_layer_error, text_batches

        encoder = subject.encoder
        baseline = subject.baseline if encoder is None else transformer_of(subject.baseline)
        tokenizer = subject.tokenizer if encoder is None else encoder.tokenizer
        batches = text_batches(tokenizer, spec.workload, next(subject.model.parameters()).device)
        return {"samples": _json(measure_layer_error(baseline, subject.model, batches, say)), "result": {}}
    if isinstance(spec, FidelitySpec):
        from qdocs.measure.corpus import SOURCE
        from qdocs.measure.fidelity import measure_fidelity

        close = measure_fidelity(subject.baseline, subject.model, subject.tokenizer, spec.workload, say)
        return {"samples": _json(close), "result": {"corpus_source": SOURCE}}
    if isinstance(spec, TextSpec):
        from qdocs.measure.text import measure_text

        items = Asked(**job["tasks"][spec.workload.task]).items()
        _check_items(items.sha256, spec, job)
        texts = measure_text(subject.baseline, subject.model, subject.tokenizer, items, job["with_texts"], say)
        return {"samples": _json(texts), "result": {}}
    if isinstance(spec, AccuracySpec):
        from qdocs.measure.accuracy import measure_accuracy
        from qdocs.measure.questions import questions

        say(f"{spec.workload.task}, {spec.workload.items:,} items")
        asked = questions(Asked(**job["tasks"][spec.workload.task]), subject.tokenizer)
        _check_items(asked.described().items_sha256, spec, job)
        outcomes, by = measure_accuracy(subject.model, subject.tokenizer, asked, job["with_texts"])
        return {"samples": _json(outcomes), "result": {"engine": by}}
    if isinstance(spec, TokenizationSpec):
        from qdocs.measure.tokenization import measure_tokenization

        tokenizer = subject.tokenizer if subject.encoder is None else subject.encoder.tokenizer
        counted, made = measure_tokenization(tokenizer, spec.workload)
        return {"samples": _json(counted), "result": made}
    if isinstance(spec, EmbeddingSpec):
        from qdocs.measure.embedding import engine, measure_embedding

        placed = measure_embedding(subject.baseline, subject.encoder, spec.workload, say)
        return {"samples": _json(placed), "result": {"engine": engine()}}
    timing: dict[str, Any] = {
        "iterations": job["iterations"],
        "seed": job["seed"],
        "device": job["device"],
        "probes": job["probes"],
        "say": say,
    }
    if isinstance(spec, EncodingSpec):
        from qdocs.measure.encoding import measure_encoding

        calls, disturbance, rest = measure_encoding(subject.encoder, spec, **timing)
        return {"samples": _json(calls), "result": rest | {"disturbance": _json(disturbance)}}
    assert isinstance(spec, LatencySpec)
    from qdocs.measure.latency import measure_latency

    timed, disturbance, rest = measure_latency(subject.model, spec, precision=job["precision"], **timing)
    return {"samples": _json(timed), "result": rest | {"disturbance": _json(disturbance)}}


def told(error: Exception, spec: AnySpec, job: dict[str, Any]) -> str:
    """What a record says of an error; of a reader's own items only its kind, for its text could quote them."""
    private = (
        isinstance(spec, AccuracySpec | TextSpec)
        and job["tasks"][spec.workload.task]["source"] == "own"
        and not job["with_texts"]
        and not isinstance(error, KnownProblem)
    )
    kind = type(error).__name__
    return f"{kind}; run with --with-texts to keep its text" if private else f"{kind}: {error}"[:4000]


def _check_items(found_sha256: str, spec: AccuracySpec | TextSpec, job: dict[str, Any]) -> None:
    if found_sha256 != job["items_sha256"][spec.workload.task]:
        raise KnownProblem(
            f"the items of {spec.workload.task} changed while they were measured; give the command again"
        )


def _json(part: Part) -> Any:
    return json.loads(part.model_dump_json())
