using System.Text.Json;
using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Scaling;

/// <summary>What pods wrote, which lies in files of this machine.</summary>
internal static class PodLog
{
    /// <summary>When the first pod of an engine that joined since then did so.</summary>
    public static DateTimeOffset FindFirstJoin(KubeLab lab, string engine, DateTimeOffset since) => Find(lab, $"engine-{engine}-")
        .Where(line => line.Time >= since && line.Message.Contains(" joined with ", StringComparison.Ordinal))
        .Min(line => line.Time);

    /// <summary>How long each pod of an engine took from its process's first line to its join.</summary>
    public static IReadOnlyList<TimeSpan> FindStarts(KubeLab lab, string engine, DateTimeOffset since) =>
    [
        .. from log in Logs(lab, $"engine-{engine}-").Select(Read)
           let start = log.Where(line => line.Time >= since && line.Message.Contains(" starts as process ", StringComparison.Ordinal)).Select(line => line.Time).FirstOrDefault()
           let joined = log.Where(line => line.Message.Contains(" joined with ", StringComparison.Ordinal)).Select(line => line.Time).FirstOrDefault()
           where start != default && joined != default
           select joined - start,
    ];

    private static IEnumerable<(DateTimeOffset Time, string Message)> Find(KubeLab lab, string pods) => Logs(lab, pods).SelectMany(Read);

    private static IEnumerable<string> Logs(KubeLab lab, string pods) =>
        Directory.GetFiles(Path.Combine(lab.Folder, "pods", KubeCluster.Namespace), "engine.log", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)!).StartsWith(pods, StringComparison.Ordinal)); // A log is in a folder.

    private static List<(DateTimeOffset Time, string Message)> Read(string file)
    {
        using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        return
        [
            .. from line in reader.ReadToEnd().Split('\n')
               where line.StartsWith('{') && line.EndsWith('}')
               let entry = JsonDocument.Parse(line).RootElement
               select (entry.GetProperty("Timestamp").GetDateTimeOffset(), entry.GetProperty("Message").GetString() ?? ""),
        ];
    }
}
