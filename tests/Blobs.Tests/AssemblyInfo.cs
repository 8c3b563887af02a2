[assembly: AssemblyFixture(typeof(BlueEdge.Blobs.Tests.S3Server))]
