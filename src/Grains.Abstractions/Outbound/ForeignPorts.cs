using System.Collections.Frozen;

namespace BlueEdge.Outbound;

/// <summary>
/// Ports of protocols that an HTTP request could be mistaken for, or that answer to one and should not: the Fetch standard's bad
/// ports (https://fetch.spec.whatwg.org/#port-blocking), and those of what runs beside servers.
/// </summary>
internal static class ForeignPorts
{
    private static readonly FrozenSet<int> All = FrozenSet.Create(
    [
        // The Fetch standard's, without 1, 7 and 9: those answer to nothing, or with what they were sent, and stand for a dead end.
        0, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119,
        123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
        993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,

        445, 3389, 5900, // SMB, RDP, VNC
        1433, 1521, 3306, 5432, 27017, // SQL Server, Oracle, MySQL, PostgreSQL, MongoDB
        6379, 6380, 11211, 16379, 26379, // Redis, its TLS, bus and sentinels; memcached
        2181, 4222, 5671, 5672, 9092, 9093, 9094, // ZooKeeper, NATS, AMQP, Kafka
        9200, 9300, // Elasticsearch
        2375, 2376, 2379, 2380, 6443, 10250, 10255, // Docker, etcd, Kubernetes
        11111, 30000, // Orleans' silos and gateways
    ]);

    public static bool Has(int port) => All.Contains(port);
}
