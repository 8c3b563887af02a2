using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Embedded;

public sealed class UploadedSessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pdf_is_uploaded_named_in_control_and_drawn_after_the_upload_was_deleted()
    {
        await using var silo = await SiloProcess.StartAsync();
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Root(), "samples", "data", "scanned.pdf"), Ct));
        content.Headers.ContentType = new("application/pdf");
        using var uploaded = await silo.Http.PostAsync(new Uri("api/v1/blobs", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
        var blob = (await uploaded.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("data").GetProperty("blob").GetString();

        var (accepted, session) = await SubmitAsync(silo, blob, waitTimeSecond: 0);
        using var deleted = await silo.Http.DeleteAsync(new Uri($"api/v1/blobs/{blob}", UriKind.Relative), Ct);
        var (refused, faults) = await SubmitAsync(silo, blob, waitTimeSecond: 0);

        Assert.Equal(HttpStatusCode.OK, accepted);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        var ended = await silo.Http.GetFromJsonAsync<JsonElement>(
            new Uri($"api/v1/process-single-engine/{session.GetProperty("sessionId").GetString()}?waitTimeSecond=60", UriKind.Relative), Ct);
        Assert.Equal("finished", ended.GetProperty("data").GetProperty("process").GetProperty("status").GetString());
        Assert.NotEqual(0, ended.GetProperty("data").GetProperty("results").GetProperty("ImageMetadata").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, refused);
        var fault = Assert.Single(faults.GetProperty("errors").EnumerateArray());
        Assert.Equal(("/inputs/Control/payload", "unknown-blob"), (fault.GetProperty("pointer").GetString(), fault.GetProperty("code").GetString()));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Data)> SubmitAsync(SiloProcess silo, string? blob, int waitTimeSecond)
    {
        using var answer = await silo.Http.PostAsJsonAsync(
            new Uri("api/v1/process-single-engine", UriKind.Relative),
            new
            {
                engineId = "pdf-convert",
                inputs = new { Control = new { type = "JSON", payload = new { pdf = new { blob }, dpi = 36 } } },
                outputs = new { ImageMetadata = new { type = "JSON", interested = true } },
                waitTimeSecond,
            },
            JsonSerializerOptions.Default,
            Ct);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("data"));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BlueEdge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests are not run from the repository.");
        }

        return folder;
    }
}
