using System.Text;
using BlueEdge.Channels;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Channels;

public sealed class PayloadTests
{
    private const string Png = "iVBORw0KGgo=";

    [Theory]
    [InlineData("""{ "a" : [1, 2.50, 1e400] , "b":"\u00e9" }""")]
    [InlineData("\"text\"")]
    [InlineData("-0.0")]
    [InlineData("false")]
    public async Task Json_is_taken_as_it_is_written(string payload)
    {
        var taken = await SubmitAsync("hello", "Control", "JSON", payload);

        Assert.Equal((payload, ChannelType.Json), (Encoding.UTF8.GetString(taken.Bytes.Span), taken.Type));
    }

    [Theory]
    [InlineData($"\"{Png}\"", "image/png")]
    [InlineData($"\"data:image/webp;base64,{Png}\"", "image/webp")]
    [InlineData($"\"DATA:;base64,{Png}\"", "image/png")]
    [InlineData($$"""{"mediaType": "image/tiff", "data": "{{Png}}", "more": 1}""", "image/tiff")]
    [InlineData($$"""{"data": "data:image/bmp;base64,{{Png}}"}""", "image/bmp")]
    [InlineData("\"iVBORw0K\\u0047go\\u003d\"", "image/png")]
    [InlineData("\"AAAA\"", "application/octet-stream")]
    public async Task Pictures_are_base64_in_one_of_three_forms(string payload, string mediaType)
    {
        var taken = await SubmitAsync("look", "Picture", "Image", payload);

        Assert.Equal((mediaType, ChannelType.Image, taken.Bytes.Length), (taken.MediaType, taken.Type, (int)taken.Length));
        if (mediaType is not "application/octet-stream")
        {
            Assert.Equal(Convert.FromBase64String(Png), taken.Bytes.ToArray());
        }
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"data:image/png;base64,\"")]
    [InlineData("""{"mediaType":"image/png","data":""}""")]
    public async Task A_picture_without_bytes_is_a_fault(string payload)
    {
        await using var gateway = await StubGateway.StartAsync();

        (await gateway.Http.SubmitAsync("process-single-engine", Body("look", "Picture", "Image", payload)))
            .HasFaults(("/inputs/Picture/payload", "required"));
    }

    [Theory]
    [InlineData("heic", "mif1", "HEIC")]
    [InlineData("mif1", "heic", "HEIC")]
    [InlineData("avif", "mif1", "AVIF")]
    [InlineData("mif1", "avif", "AVIF")]
    public async Task A_picture_that_telephones_take_is_named_with_what_to_send_unless_its_kind_is_said(string brand, string compatible, string name)
    {
        byte[] content = [0, 0, 0, 20, .. "ftyp"u8, .. Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(compatible), 0, 0, 0, 0];
        var data = Convert.ToBase64String(content);
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync("process-single-engine", Body("look", "Picture", "Image", $"\"{data}\""));

        answer.HasFaults(("/inputs/Picture/payload", "type-mismatch"));
        Assert.Contains($"The picture is {name}", answer.Body.ToString(), StringComparison.Ordinal);
        Assert.Contains("Send JPEG, PNG, WebP, GIF, BMP or TIFF", answer.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal("image/heic", (await SubmitAsync("look", "Picture", "Image", $"\"data:image/heic;base64,{data}\"")).MediaType);
    }

    [Theory]
    [InlineData("\"no base64!\"")]
    [InlineData("\"AAA\"")]
    [InlineData("\"data:image/png,raw\"")]
    [InlineData("\"data:text/plain;base64,AAAA\"")]
    [InlineData("""{"mediaType":"image/png"}""")]
    [InlineData("""{"mediaType":"image/png\r\nX: y","data":"AAAA"}""")]
    [InlineData("""{"mediaType":5,"data":"AAAA"}""")]
    [InlineData("""{"data":["AAAA"]}""")]
    [InlineData("\"\\ud800\"")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task What_does_not_decode_to_a_picture_is_a_mismatch(string payload)
    {
        await using var gateway = await StubGateway.StartAsync();

        (await gateway.Http.SubmitAsync("process-single-engine", Body("look", "Picture", "Image", payload)))
            .HasFaults(("/inputs/Picture/payload", "type-mismatch"));
        (await gateway.Http.SubmitAsync(
            "process-workflow",
            $$"""
            {
              "startData": [{"payload": {{payload}}, "channelName": "p"}], "dataChannels": [{"name": "p", "type": "IMAGE"}],
              "engines": [{"id": "look", "inputs": [{"name": "Picture", "linkTo": "p"}]}]
            }
            """)).HasFaults(("/startData/0/payload", "type-mismatch"));
    }

    private static string Body(string engine, string port, string type, string payload) =>
        $$$"""{"engineId":"{{{engine}}}","inputs":{"{{{port}}}":{"type":"{{{type}}}","payload":{{{payload}}} } } }""";

    private static async Task<Payload> SubmitAsync(string engine, string port, string type, string payload)
    {
        await using var gateway = await StubGateway.StartAsync();
        var answer = await gateway.Http.SubmitAsync("process-single-engine", Body(engine, port, type, payload));
        return Assert.Single(gateway.Grains.Session(answer.SessionId).Spec!.StartData).Payload;
    }
}
