using System.Globalization;
using System.Text.Json;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>How many pictures a second.</summary>
internal sealed class PicturesCase : ICase
{
    public string Name => "pictures";

    public string Description =>
        "Pictures a second through three engines (decode a JPEG of 640x480, scale it to 320x240, encode it; libjpeg-turbo, as GStreamer has it, and its planes of brightness and colour between them), in the embedded mode; against a GStreamer pipeline of jpegdec, videoscale and jpegenc with a queue, and so a thread, each, on the same file.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        // The pixels of a picture are 460 KB, and are to travel with their items as they do in GStreamer.
        var (silo, address) = await place.StartSiloAsync("blueedge", "BenchEngines", ("BlueEdge__Channels__ClaimCheckBytes", "4194304"));
        using var sessions = new SessionClient(address);
        var file = Path.Combine(place.Folder, "picture.jpg");
        await OursAsync(sessions, file, 500);
        await PeerAsync(place, file, 500);

        var pictures = (int)(place.Seconds * 400);
        List<double> ours = [], peer = [];
        for (var round = 0; round < place.Rounds; round++)
        {
            ours.Add(await OursAsync(sessions, file, pictures));
            peer.Add(await PeerAsync(place, file, pictures));
            Workplace.Say(FormattableString.Invariant($"round {round + 1}: BlueEdge {ours[^1]:N0}/s, GStreamer {peer[^1]:N0}/s"));
        }

        GC.KeepAlive(silo);
        return [Figure.Of("pictures/s, against GStreamer", new(0.8, IsAtLeast: true), ours, peer)];
    }

    private static async Task<double> OursAsync(SessionClient sessions, string file, int pictures)
    {
        var result = await sessions.RunAsync(
            Workplace.Body("pictures"), ("file", JsonEncodedText.Encode(file).ToString()), ("pictures", pictures.ToString(CultureInfo.InvariantCulture)));
        return result.GetProperty("pictures").GetInt32() == pictures
            ? result.GetProperty("perSecond").GetDouble()
            : throw new BenchException($"Not every picture arrived: {result}");
    }

    /// <summary>The pipeline says itself how long it took, without its start.</summary>
    private static async Task<double> PeerAsync(Workplace place, string file, int pictures)
    {
        await using var pipeline = ChildProcess.Start(
            "gstreamer",
            "gst-launch-1.0",
            [
                "multifilesrc", $"location={file}", "loop=true", $"num-buffers={pictures}", "caps=image/jpeg,framerate=30/1", "!", "queue", "!",
                "jpegdec", "!", "queue", "!", "videoscale", "!", "video/x-raw,width=320,height=240", "!", "queue", "!", "jpegenc", "quality=85", "!", "fakesink", "sync=false",
            ],
            [("LC_ALL", "C")],
            place.Folder);
        var output = await pipeline.ReadToEndAsync();
        const string Said = "Execution ended after ";
        var at = output.IndexOf(Said, StringComparison.Ordinal);
        return at < 0
            ? throw new BenchException($"GStreamer does not say how long it took: {output}")
            : pictures / TimeSpan.Parse(output[(at + Said.Length)..].Split('\n')[0].Trim()[..15], CultureInfo.InvariantCulture).TotalSeconds;
    }
}
