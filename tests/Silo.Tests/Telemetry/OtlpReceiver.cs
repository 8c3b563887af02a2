using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>Takes what processes export by OTLP over HTTP, and keeps the spans.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, byte[]> _last = new(StringComparer.Ordinal);
    private readonly List<ExportedSpan> _spans = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", TakeAsync);
    }

    /// <summary>Variables of a process that exports all here, soon, and every trace.</summary>
    public Dictionary<string, string> Variables => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["OTEL_TRACES_SAMPLER"] = "parentbased_always_on",
    };

    /// <summary>An address that takes any body, for whoever wants one.</summary>
    public string AnyPost => $"{_app.Urls.Single()}/v1/any";

    /// <summary>The last body of a signal, or <see langword="null"/> where none came yet.</summary>
    public byte[]? LastOf(string signal) => _last.GetValueOrDefault(signal);

    public static async Task<OtlpReceiver> StartAsync()
    {
        OtlpReceiver receiver = new();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The spans, once they are what is waited for.</summary>
    public async Task<IReadOnlyList<ExportedSpan>> WaitAsync(string what, Func<IReadOnlyList<ExportedSpan>, bool> isThere)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            Task came;
            lock (_lock)
            {
                if (isThere(_spans))
                {
                    return [.. _spans];
                }

                came = _came.Task;
            }

            try
            {
                var left = until - TimeProvider.System.GetUtcNow();
                await came.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"{what} did not come within {Patience.TotalSeconds} s. These spans did: {string.Join(", ", _spans.Select(span => span.Name))}; and signals: {string.Join(", ", _last.Keys)}");
            }
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(string signal, HttpRequest request)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        TaskCompletionSource came;
        lock (_lock)
        {
            _last[signal] = body.ToArray();
            if (signal is "traces")
            {
                _spans.AddRange(ExportedSpan.Read(body.ToArray()));
            }

            (came, _came) = (_came, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        came.SetResult();
        return TypedResults.Bytes(ReadOnlyMemory<byte>.Empty, "application/x-protobuf");
    }
}
