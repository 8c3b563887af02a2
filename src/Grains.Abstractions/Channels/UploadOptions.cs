using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Channels;

/// <summary>What becomes of uploads. Configured under <c>BlueEdge:Blobs</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>How long after its begin an upload can be named by new sessions; 1 day by default. Sessions that use it keep it as long as they live.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UploadRetention { get; set; } = TimeSpan.FromDays(1);
}
